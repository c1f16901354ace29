var cp={};cp.model={data:{"Text_1":{"apsn":"Slide1","t":"caption"}}};
