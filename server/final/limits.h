/* What the rules of a final test may say at most. */
#ifndef SERVER_FINAL_LIMITS_H
#define SERVER_FINAL_LIMITS_H

#define FINAL_QUESTIONS_PER_CREDIT_MAX 20
#define FINAL_ATTEMPTS_MAX 100
#define FINAL_SAME_SET_ATTEMPTS_MAX 5 /* CNFC 10/4/2015: with the same questions */
#define FINAL_AGAIN_SECONDS_MAX (24 * 3600)

#endif
