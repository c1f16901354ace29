function getTimeZoneOffset(){return 0}
