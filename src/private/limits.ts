/** What IAM takes: names, descriptions, paths, durations and quotas, each with its source and the date it was read. */

// What IAM takes as name, description, path and duration: botocore 1.44.5, data/iam/2010-05-08/service-2.json (read 2026-11-24).
export const ROLE_NAME = { pattern: /^[\w+=,.@-]{1,64}$/, says: '1 to 64 letters, digits or _+=,.@-' };
export const ROLE_DESCRIPTION = { pattern: /^[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}$/, says: 'at most 1,000 characters, all of Latin-1' };
export const ROLE_PATH = { pattern: /^(?=.{1,512}$)\/([\x21-\x7e]+\/)?$/, says: 'at most 512 visible ASCII characters, the first and the last of them "/"' };
export const ROLE_SESSION_SECONDS = { min: 3600, max: 43200 };
export const POLICY_NAME = { pattern: /^[\w+=,.@-]{1,128}$/, says: '1 to 128 letters, digits or _+=,.@-' };
export const POLICY_DESCRIPTION = { pattern: /^[^]{0,1000}$/, says: 'at most 1,000 characters' };
export const POLICY_PATH = { pattern: /^(?=.{1,512}$)(\/[\w.,+@=-]+)*\/$/, says: 'at most 512 letters, digits, "/" or .,+@=_-, the first and the last of them "/"' };

/** Characters of a customer managed policy, white space aside. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (read 2026-11-23) */
export const POLICY_CHARACTERS = 6144;

/** Managed policies of a role: what every account allows (sources differ on a default of 10 or 20), and what the quota can be raised to. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (read 2026-11-23) */
export const MANAGED_POLICIES_OF_ROLE = { default: 10, max: 25 };

// What IAM takes as instance profile: botocore 1.44.5, data/iam/2010-05-08/service-2.json (read 2026-11-24).
export const INSTANCE_PROFILE_NAME = { pattern: /^[\w+=,.@-]{1,128}$/, says: '1 to 128 letters, digits or _+=,.@-' };

// An OIDC provider is named after its issuer: https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html (read 2026-11-23).
export const OIDC_ISSUER = { pattern: /^[\w-]+(\.[\w-]+)+(\/[\w.~-]+)*$/, says: 'an issuer such as oidc.eks.REGION.amazonaws.com/id/EXAMPLE' };
export const OIDC_PROVIDER_ARN = {
  pattern: /^arn:[\w-]+:iam::\d{12}:oidc-provider\/[\w-]+(\.[\w-]+)+(\/[\w.~-]+)*$/,
  says: 'an ARN such as arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER',
};

// What IAM Roles Anywhere gives as ARN of a trust anchor: botocore 1.44.5, data/rolesanywhere/2018-05-10/service-2.json (read 2026-11-24).
export const TRUST_ANCHOR_ARN = {
  pattern: /^arn:aws(-[^:]+)?:rolesanywhere(:[^:]*){2}:trust-anchor\/.+$/,
  says: 'an ARN such as arn:PARTITION:rolesanywhere:REGION:ACCOUNT:trust-anchor/ID',
};
