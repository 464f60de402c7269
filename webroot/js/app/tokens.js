/** Where the page's bearer token comes from. */

const TIMEOUT_MS = 10_000;

/** The server hands out no tokens to whoever asks: it is not in development mode. */
export class TokenNeeded extends Error {}

/**
 * A fresh token of a server in development mode.
 *
 * @param {{userId: string, username: string, roles?: string[]}} user
 * @returns {Promise<string>}
 */
export async function developmentToken({ userId, username, roles = [] }) {
  const response = await ask({ user_id: userId, username, ...(roles.length > 0 && { roles }) });
  if (response.status === 404 || response.status === 405) {
    throw new TokenNeeded('This server asks for an access token.');
  }
  if (!response.ok) {
    throw new Error(`The server gave no token (${response.status}).`);
  }
  const { token } = await response.json();
  return token;
}

/** @param {object} body */
async function ask(body) {
  try {
    return await fetch(new URL('dev/token', document.baseURI), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new Error('The server cannot be reached.');
  }
}
