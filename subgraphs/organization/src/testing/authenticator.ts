import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

interface Ceremony {
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
  /** False for a device that nobody unlocked. */
  readonly userVerified?: boolean;
}

/** A device that makes and uses one passkey: ES256, no attestation (Web Authentication Level 2, sections 6 and 7). */
export interface Authenticator {
  readonly credentialId: string;
  /** The JSON with which a browser answers `navigator.credentials.create()`. */
  register(ceremony: Ceremony): string;
  /** … and `navigator.credentials.get()`; `counter` is how often the device says it has signed. */
  signIn(ceremony: Ceremony, counter: number): string;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

export function buildAuthenticator(): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  const credentialId = id.toString("base64url");
  // CBOR: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const coseKey = Buffer.concat([
    Buffer.from("a5010203262001215820", "hex"),
    Buffer.from(x, "base64url"),
    Buffer.from("225820", "hex"),
    Buffer.from(y, "base64url"),
  ]);

  const authenticatorData = ({ rpId, userVerified = true }: Ceremony, flags: number, counter: number): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const allFlags = flags | USER_PRESENT | (userVerified ? USER_VERIFIED : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([allFlags]), count]);
  };
  const answer = (response: Record<string, Buffer>): string =>
    JSON.stringify({
      id: credentialId,
      rawId: credentialId,
      type: "public-key",
      clientExtensionResults: {},
      response: Object.fromEntries(
        Object.entries(response).map(([name, bytes]) => [name, bytes.toString("base64url")]),
      ),
    });

  return {
    credentialId,
    register: (ceremony) => {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey]);
      const data = Buffer.concat([authenticatorData(ceremony, HAS_CREDENTIAL, 0), attested]);
      // CBOR: {"fmt": "none", "attStmt": {}, "authData": data}
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3, 0x63]),
        Buffer.from("fmt"),
        Buffer.from([0x64]),
        Buffer.from("none"),
        Buffer.from([0x67]),
        Buffer.from("attStmt"),
        Buffer.from([0xa0, 0x68]),
        Buffer.from("authData"),
        Buffer.from([0x58, data.length]),
        data,
      ]);
      return answer({ clientDataJSON: clientData("webauthn.create", ceremony), attestationObject });
    },
    signIn: (ceremony, counter) => {
      const clientDataJSON = clientData("webauthn.get", ceremony);
      const data = authenticatorData(ceremony, 0, counter);
      const signature = sign("sha256", Buffer.concat([data, sha256(clientDataJSON)]), privateKey);
      return answer({ clientDataJSON, authenticatorData: data, signature });
    },
  };
}

function clientData(type: string, { challenge, origin }: Ceremony): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
