var b=navigator.appName;
