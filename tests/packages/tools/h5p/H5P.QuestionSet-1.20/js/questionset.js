var H5P=H5P||{};
