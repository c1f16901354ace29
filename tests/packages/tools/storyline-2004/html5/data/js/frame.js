window.globalProvideData('frame', '{"default_layout":"pxabnsnfns01001000101"}');
