/* Named limits of campaigns. */
#ifndef SERVER_CAMPAIGNS_LIMITS_H
#define SERVER_CAMPAIGNS_LIMITS_H

#define MAIL_SUBJECT_CHARACTERS 200
#define MAIL_BODY_CHARACTERS 8000
#define MAIL_NAME_CHARACTERS 200
#define MAIL_SAMPLE 8           /* people shown before a campaign starts */
#define MAIL_ATTEMPTS_MAX 6     /* of one message that the relay puts off */
#define MAIL_PAUSE_FACTOR 4     /* each pause is so much longer than the one before */
#define MAIL_PAUSE_SECONDS 14400 /* and never longer than this */
#define MAIL_RELAY_PAUSE_SECONDS 900 /* while the relay itself cannot be reached */
#define MAIL_CONNECT_SECONDS 15
#define MAIL_SEND_SECONDS 60
#define MAIL_REPLY_BYTES 500

#endif
