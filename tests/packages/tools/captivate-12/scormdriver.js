function scan(w){while(!w.API&&!w.API_1484_11&&w.parent!==w){w=w.parent}return w.API_1484_11||w.API}
var api=scan(window);function Start(){return api&&(api.Initialize||api.LMSInitialize)("")}
