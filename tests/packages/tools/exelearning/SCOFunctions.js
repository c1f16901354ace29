function loadPage(){start()}
