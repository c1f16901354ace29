/*
 * Every quantity that somebody outside controls, with its maximum. Sizes in bytes unless said.
 */
#ifndef SERVER_LIMITS_H
#define SERVER_LIMITS_H

#define LIMIT_PATH_BYTES 4096 /* a request's path and query, as sent */
#define LIMIT_JSON_BYTES (1024 * 1024) /* an ordinary JSON body */
#define LIMIT_CSV_BYTES (64 * 1024 * 1024)
#define LIMIT_BANK_BYTES (16 * 1024 * 1024)
#define LIMIT_JOURNAL_BYTES (4 * 1024 * 1024)
#define LIMIT_PACKAGE_BYTES (4LL * 1024 * 1024 * 1024)
#define LIMIT_IMPORT_WORKERS 2   /* packages worked on at once; each unpacks with two threads */
#define LIMIT_IMPORTS_WAITING 50 /* jobs that have not ended: their zips take room */
#define LIMIT_IMPORT_TRIES 10    /* a package during which the server dies that often is given up */
#define LIMIT_IMPORTS_LISTED 50  /* of those that have ended */
#define LIMIT_IMPORTS_KEPT 500
#define LIMIT_IMPORT_KEPT_SECONDS (30 * 24 * 3600)
#define LIMIT_IMPORT_PROBLEMS 200 /* kept of a job that failed; errors come first */
#define LIMIT_BODY_DRAINED (8 * 1024 * 1024) /* a refused body is read to its end up to here */

#define LIMIT_CONNECTIONS 8000
#define LIMIT_CONNECTION_IDLE_SECONDS 60
/* Request line, headers and what is read of a body at once. libmicrohttpd clears it after each request, which takes a
 * tenth of the time of a small file when it is twice this. */
#define LIMIT_CONNECTION_BYTES (32 * 1024)
#define LIMIT_REPLY_COPIED_BYTES (1024 * 1024) /* a file up to here may be sent from memory */
#define LIMIT_REPLIES_COPIED_BYTES (64LL << 20) /* all that wait to be sent so; the others are sent from their file */
#define LIMIT_WORKERS 48 /* handlers running at once; most of them wait for the disk */

#define LIMIT_NAME_BYTES 100 /* given name, family name: as in the participants' report */
#define LIMIT_LOGIN_BYTES 64
#define LIMIT_EMAIL_BYTES 254
#define LIMIT_PASSWORD_BYTES 1024
#define LIMIT_PASSWORD_SHORTEST 10
#define LIMIT_TITLE_BYTES 250
#define LIMIT_SEARCH_BYTES 100
#define LIMIT_FILE_NAME_BYTES 255

#define LIMIT_CSV_ROWS 200000
#define LIMIT_CSV_FIELD_BYTES 4096
#define LIMIT_CSV_COLUMNS 64
#define LIMIT_CSV_PROBLEMS 500 /* reported one by one; beyond it only counted */

#define LIMIT_LOGIN_ATTEMPTS_ACCOUNT 5  /* wrong passwords for one account before it has to wait */
#define LIMIT_LOGIN_ATTEMPTS_ADDRESS 30 /* wrong passwords from one address */
#define LIMIT_LOGIN_WAIT_SECONDS 300
#define LIMIT_LOGIN_REMEMBERED 20000 /* accounts and addresses remembered by the limiter */

#define LIMIT_SESSION_IDLE_SECONDS (8 * 3600)
#define LIMIT_SESSION_SECONDS (7 * 24 * 3600)
#define LIMIT_SESSIONS_EACH 20 /* open sessions of one person; the oldest gives way */
#define LIMIT_LAUNCH_SECONDS (12 * 3600)
#define LIMIT_FORMER_TOKENS 32 /* renewals of the log-in over one running page */

#define LIMIT_PAGE_ROWS 50
#define LIMIT_MODULES 64
#define LIMIT_PUBLISH_CHANGES 512 /* modules × levels put together at once */
#define LIMIT_PUBLISH_PIECE 500   /* attempts changed in one go, while learners' work waits */
#define LIMIT_GLOBALS_BYTES (3 * 1024 * 1024) /* what a person's courses leave to each other; one record */

#define LIMIT_CACHED_TOKENS 10000u /* launches whose course is known without a question */
#define LIMIT_CACHED_COURSES 64u   /* courses whose list of files is in memory */

/* Of a journal, in one answer to who looks into an attempt; in whole increments. */
#define LIMIT_INSPECTED_BYTES (64LL << 20)

#endif
