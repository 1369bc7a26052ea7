/** Values of a resource as a person reads them: the change report of the provider shows them in the same way. */
export * from '../../provider/shown/Values'
