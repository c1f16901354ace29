window.globalProvideData('data', '{"scenes":[{"id":"6a","slides":["5nWPxF"]}]}');
