cp.model={data:{project:{title:"Accessi al FSE"},video:{src:"Filmato(2).mp4"}}};
