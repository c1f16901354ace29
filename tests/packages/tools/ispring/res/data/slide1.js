(function(){var s="slide"})();
