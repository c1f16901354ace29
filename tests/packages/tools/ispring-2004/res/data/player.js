var PresentationPlayer={start:function(){}};
