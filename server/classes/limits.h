/* Named limits of events in class. */
#ifndef SERVER_CLASSES_LIMITS_H
#define SERVER_CLASSES_LIMITS_H

#define CLASS_GROUPS_MAX 2000u
#define CLASS_SESSIONS_MAX 60u       /* of one group */
#define CLASS_STAFF_MAX 30u          /* of one group */
#define CLASS_VENUES_MAX 2000
#define CLASS_SESSION_HOURS_MAX 12
#define CLASS_WHY_MAX 500            /* characters of a reason */
#define CLASS_REPORT_MAX 8000        /* characters of a closed register's report */
#define CLASS_CSV_BYTES (1024 * 1024)
#define CLASS_ENROL_AT_ONCE 500

#define CLASS_SIGN_BEFORE_MS (60 * 60 * 1000LL) /* signing begins so long before a session */
#define CLASS_SIGN_AFTER_MS (60 * 60 * 1000LL)  /* and ends so long after it */
#define CLASS_AGAIN_MS (120 * 1000LL)           /* a second scan so soon is the first one again */
#define CLASS_CODE_STEP_MS (60 * 1000LL)        /* the code shown in class changes so often */
#define CLASS_CODE_STEPS 3                      /* and so many of the newest are taken: who types is slow */

#endif
