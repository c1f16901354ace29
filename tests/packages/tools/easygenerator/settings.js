{"logo":{"url":""}}
