// What the vendor documents about who may send what. It stands nowhere else in this repository: the code sends a token,
// and the platform decides.

/** What every call needs. */
export const general =
  'The API takes the token of an app registration (client credentials) in the Microsoft Entra tenant of the service provider, ' +
  'which the vendor\'s pages call `LiveCloud-APIToken`. They send the reader to "Deploy REST API Application" for its roles.'

/** By page of the vendor: the permissions that it names. @type {Readonly<Record<string, string>>} */
const permissions = {
  'Get Operator Connect Customer Numbers': '"API access authorization using Azure AD JWT"'
}

/** @param {string[]} pages of the vendor @returns {string[]} one sentence a page that names something, or that none does */
export const needed = (pages) => {
  const named = pages.flatMap((page) => (permissions[page] === undefined ? [] : [`${page}: ${permissions[page]}.`]))
  return named.length > 0
    ? named
    : [`Beyond [what every call needs](../configuration.md#permissions), none that we know to be documented.`]
}
