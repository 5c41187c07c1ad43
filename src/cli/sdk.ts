import { createRequire } from 'module';
import type { Send, Service } from './calls';

const PACKAGES: Record<Service, string> = { iam: '@aws-sdk/client-iam', eks: '@aws-sdk/client-eks' };
const CLIENTS: Record<Service, string> = { iam: 'IAMClient', eks: 'EKSClient' };

/** The AWS SDK is not installed. */
export class SdkMissing extends Error {
  constructor() {
    super(`the AWS SDK is not installed. Install it: npm install --save-dev ${Object.values(PACKAGES).join(' ')}`);
  }
}

/** Sends requests by the AWS SDK for JavaScript, which is loaded here and nowhere else. Throws SdkMissing. */
export function sdk(region: string | undefined, load: (name: string) => any = loadPackage): Send {
  const services = Object.fromEntries(Object.entries(PACKAGES).map(([service, name]) => {
    const sdkPackage = loaded(() => load(name));
    const client = new sdkPackage[CLIENTS[service as Service]]({ region, retryMode: 'adaptive', maxAttempts: 8 });
    return [service, { sdkPackage, client }];
  }));
  return (service, operation, input) => {
    const { sdkPackage, client } = services[service];
    return client.send(new sdkPackage[`${operation}Command`](input));
  };
}

/** Where this package is installed, or where the command was started. */
function loadPackage(name: string): unknown {
  return createRequire(__filename)(require.resolve(name, { paths: [__dirname, process.cwd()] }));
}

function loaded(load: () => any): any {
  try {
    return load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') { throw new SdkMissing(); }
    throw error;
  }
}
