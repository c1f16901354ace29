self.addEventListener("fetch",function(){});
