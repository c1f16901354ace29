SetBookmark("");
