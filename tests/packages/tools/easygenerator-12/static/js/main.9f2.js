function findAPI(w){while(!w.API&&w.parent!==w){w=w.parent}return w.API}
var api=findAPI(window);function start(){return api&&api.LMSInitialize("")}
navigator.serviceWorker&&navigator.serviceWorker.register("service-worker.js");
