/* What the files hold. */
#include "packages/check_parts.h"

void
check_contents(struct checked *checked, struct archive_reader *reader, struct findings *findings)
{
}
