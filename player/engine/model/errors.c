#include "player/engine/model/errors.h"

struct text_of_code {
	uint32_t code;
	struct span text;
};

#define TEXT(literal)                                                                                        \
	{                                                                                                    \
		(literal), sizeof(literal) - 1                                                               \
	}

static const struct text_of_code texts_12[] = {
	{0, TEXT("No error")},
	{101, TEXT("General exception")},
	{201, TEXT("Invalid argument error")},
	{202, TEXT("Element cannot have children")},
	{203, TEXT("Element not an array. Cannot have count")},
	{301, TEXT("Not initialized")},
	{401, TEXT("Not implemented error")},
	{402, TEXT("Invalid set value, element is a keyword")},
	{403, TEXT("Element is read only")},
	{404, TEXT("Element is write only")},
	{405, TEXT("Incorrect data type")},
};

static const struct text_of_code texts_2004[] = {
	{0, TEXT("No Error")},
	{101, TEXT("General Exception")},
	{102, TEXT("General Initialization Failure")},
	{103, TEXT("Already Initialized")},
	{104, TEXT("Content Instance Terminated")},
	{111, TEXT("General Termination Failure")},
	{112, TEXT("Termination Before Initialization")},
	{113, TEXT("Termination After Termination")},
	{122, TEXT("Retrieve Data Before Initialization")},
	{123, TEXT("Retrieve Data After Termination")},
	{132, TEXT("Store Data Before Initialization")},
	{133, TEXT("Store Data After Termination")},
	{142, TEXT("Commit Before Initialization")},
	{143, TEXT("Commit After Termination")},
	{201, TEXT("General Argument Error")},
	{301, TEXT("General Get Failure")},
	{351, TEXT("General Set Failure")},
	{391, TEXT("General Commit Failure")},
	{401, TEXT("Undefined Data Model Element")},
	{402, TEXT("Unimplemented Data Model Element")},
	{403, TEXT("Data Model Element Value Not Initialized")},
	{404, TEXT("Data Model Element Is Read Only")},
	{405, TEXT("Data Model Element Is Write Only")},
	{406, TEXT("Data Model Element Type Mismatch")},
	{407, TEXT("Data Model Element Value Out Of Range")},
	{408, TEXT("Data Model Dependency Not Established")},
};

#undef TEXT

struct span error_text(enum scorm_edition edition, uint32_t code)
{
	bool first = edition == SCORM_12;
	const struct text_of_code *texts = first ? texts_12 : texts_2004;
	uint32_t count =
		first ? sizeof(texts_12) / sizeof(texts_12[0]) : sizeof(texts_2004) / sizeof(texts_2004[0]);
	for (uint32_t i = 0; i < count; i++) {
		if (texts[i].code == code) {
			return texts[i].text;
		}
	}
	return (struct span){"", 0};
}
