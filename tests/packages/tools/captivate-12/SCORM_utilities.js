function isLmsPresent(){return typeof api!=="undefined"}
