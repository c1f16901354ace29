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
#define ITEM_OPTIONS_MAX 20u
#define ITEM_SLOTS_MAX 20u
#define ITEM_ANSWERS_MAX 50u  /* that one gap takes */
#define ITEM_MEDIA_MAX 4u
#define ITEM_IMAGE_BYTES_MAX (2u << 20)
#define ITEM_AUDIO_BYTES_MAX (8u << 20)
#define RESPONSE_TEXT_MAX 500u /* characters that one writes in a gap */
#define ITEM_DIFFICULTY_MAX 5u

#define LEVELS_MAX 10u
#define FORM_ITEMS_MAX 200u
#define ITEMS_PER_AREA_MAX 50u

#define PARAMETER_A_MAX 10.0 /* discrimination, above 0 */
#define PARAMETER_B_MAX 10.0 /* difficulty and steps, both ways, in logits */

/* Adaptive tests (placement/adaptive.h, placement/simulate.h). */
#define ADAPTIVE_ITEMS_MAX 60u      /* of one test */
#define ADAPTIVE_PILOTS_MAX 10u     /* of one test */
#define ADAPTIVE_RULES_MAX 6u       /* that may stop a test */
#define ADAPTIVE_AMONG_MAX 50u      /* randomesque: among how many of the best */
#define GATE_ITEMS_MAX 10u          /* of one level in one area */
#define POOL_THETAS 80u             /* points of the posterior's grid */
#define SIMULATION_PERSONS_MAX 1000000u
#define SIMULATION_PERSONS_WEB_MAX 20000u

#endif
