function ExecuteScript(id){}
