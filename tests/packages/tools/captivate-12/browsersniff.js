var browser=navigator.userAgent;
