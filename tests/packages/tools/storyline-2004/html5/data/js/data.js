window.globalProvideData('data', '{"title":"Sanità digitale","scenes":[{"id":"5gh8C9nuOvo"}]}');
