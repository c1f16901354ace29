/* The words of both data models' statuses. */
#include "player/engine/state.h"
#include "player/engine/text.h"

#define TEXT(literal)                                                                                        \
	{                                                                                                    \
		(literal), sizeof(literal) - 1                                                               \
	}

const struct span completion_words[] = {
	[COMPLETION_UNKNOWN] = TEXT("unknown"),
	[COMPLETION_NOT_ATTEMPTED] = TEXT("not attempted"),
	[COMPLETION_INCOMPLETE] = TEXT("incomplete"),
	[COMPLETION_COMPLETED] = TEXT("completed"),
};

const struct span success_words[] = {
	[SUCCESS_UNKNOWN] = TEXT("unknown"),
	[SUCCESS_PASSED] = TEXT("passed"),
	[SUCCESS_FAILED] = TEXT("failed"),
};

const struct span lesson_words[] = {
	[LESSON_NOT_ATTEMPTED] = TEXT("not attempted"),
	[LESSON_INCOMPLETE] = TEXT("incomplete"),
	[LESSON_COMPLETED] = TEXT("completed"),
	[LESSON_PASSED] = TEXT("passed"),
	[LESSON_FAILED] = TEXT("failed"),
	[LESSON_BROWSED] = TEXT("browsed"),
};

#undef TEXT

enum completion_status completion_of_word(struct span word)
{
	for (uint32_t i = COMPLETION_NOT_ATTEMPTED; i <= COMPLETION_COMPLETED; i++) {
		if (span_equal(completion_words[i], word)) {
			return (enum completion_status)i;
		}
	}
	return COMPLETION_UNKNOWN;
}

enum success_status success_of_word(struct span word)
{
	return span_equal(word, success_words[SUCCESS_PASSED])   ? SUCCESS_PASSED
	       : span_equal(word, success_words[SUCCESS_FAILED]) ? SUCCESS_FAILED
								 : SUCCESS_UNKNOWN;
}
