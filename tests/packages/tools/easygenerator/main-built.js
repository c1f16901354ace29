function findAPI(w){while(!w.API&&w.parent!==w){w=w.parent}return w.API}
var api=findAPI(window);function start(){return api&&api.LMSInitialize("")}
load("content/data.js");load("settings.js");load("publishSettings.js");
