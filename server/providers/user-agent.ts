declare const __VERSION__: string | undefined; // put in by the build

export const USER_AGENT = `oneturn/${typeof __VERSION__ === 'string' ? __VERSION__ : 'dev'}`;
