var settings={};
