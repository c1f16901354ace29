function findAPI(w){while(!w.API_1484_11&&w.parent!==w){w=w.parent}return w.API_1484_11}
var api=findAPI(window);function start(){return api&&api.Initialize("")}
