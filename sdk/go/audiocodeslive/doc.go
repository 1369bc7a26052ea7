// SIP connections of the AudioCodes Live Platform, with their services and dial plans.
package audiocodeslive
