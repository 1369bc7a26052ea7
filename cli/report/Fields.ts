/** Fields that differ: the change report of the provider finds them in the same way. */
export * from '../../provider/shown/Fields'
