loadHandler(1,"<div class=slide><p>Il consenso alla consultazione si esprime una volta e si revoca quando si vuole.</p></div>");
