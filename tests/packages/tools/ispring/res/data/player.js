loadSlide("data/slide1.js");
