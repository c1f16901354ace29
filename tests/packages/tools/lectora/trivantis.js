var trivUtf8=false;
