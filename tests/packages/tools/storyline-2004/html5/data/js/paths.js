window.globalProvideData('paths', '{}');
