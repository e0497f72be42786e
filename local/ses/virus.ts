/** The harmless file by which scanners are tested, in pieces, so that no scanner takes this file for it. */
const SIGNATURE = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const ENCODED = Buffer.from(SIGNATURE).toString('base64').slice(0, 60);

/** Whether a message holds the EICAR test file, as text or as a base64 attachment of its own. */
export const holdsTestVirus = (raw: Buffer): boolean => raw.includes(SIGNATURE) || raw.includes(ENCODED);
