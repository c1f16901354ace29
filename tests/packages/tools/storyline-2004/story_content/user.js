window.InitUserScripts=function(){};
