/* What a bank or a policy may hold at most; each refusal names its limit. */
#ifndef ASSESSMENT_LIMITS_H
#define ASSESSMENT_LIMITS_H

#define BANK_BYTES_MAX (64u << 20)
#define BANK_ITEMS_MAX 100000u
#define BANK_AREAS_MAX 64u
#define BANK_FAULTS_MAX 200u /* told one by one; the rest is counted */
#define BANK_ID_MAX 64u      /* characters */
#define BANK_NAME_MAX 200u
#define BANK_TEXT_MAX 4000u
#define ITEM_OPTIONS_MIN 2u
#define ITEM_OPTIONS_MAX 10u
#define ITEM_DIFFICULTY_MAX 5u

#define LEVELS_MAX 10u
#define FORM_ITEMS_MAX 200u
#define ITEMS_PER_AREA_MAX 50u

#endif
