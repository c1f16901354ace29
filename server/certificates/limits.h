/* Named limits of certificates. */
#ifndef SERVER_CERTIFICATES_LIMITS_H
#define SERVER_CERTIFICATES_LIMITS_H

#define CERTIFICATE_TEMPLATE_BYTES (256u << 10)
#define CERTIFICATE_BLOCKS_MAX 64u
#define CERTIFICATE_BLOCK_CHARACTERS 4000u
#define CERTIFICATE_LOGO_BYTES (1u << 20)
#define CERTIFICATE_LOGO_PIXELS 4000 /* of a side */

#define ISSUE_FAULTS 20      /* told of one person */
#define ISSUED_TOGETHER 64  /* of a batch, in one commit: each would wait for the disk by itself */
#define CERTIFICATE_DISK_BYTES (48LL << 10)    /* that one takes, about: as a PDF, and once more in the zip */
#define CERTIFICATES_SPARE_BYTES (256LL << 20) /* left to the data base, which may be on the same disk */

#endif
