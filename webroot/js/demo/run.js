/** A job that does nothing but go on, told by REST as a worker would tell its own. */

const STEPS = 20;
const STEP_MS = 300;

/** @param {string} token of an administrator or a service */
export async function runJob(token) {
  const id = `demo-${Date.now().toString(36)}`;
  await tell(token, id, { status: 'running', progress: 0, name: `Demo job ${id.slice(-4)}` });
  for (let step = 1; step < STEPS; step++) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    await tell(token, id, { status: 'running', progress: (100 * step) / STEPS });
  }
  await tell(token, id, { status: 'completed' });
}

/** @param {string} token @param {string} id @param {object} update */
async function tell(token, id, update) {
  const response = await fetch(new URL(`api/v1/jobs/${id}`, document.baseURI), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(update),
  });
  if (!response.ok) {
    const { error } = await response.json();
    throw new Error(`The job could not be told: ${error}`);
  }
}
