function getCookie(){return ""}
