namespace Telemetry.AotSmoke;

/// <summary>Written by its member's name.</summary>
internal enum SmokeKind
{
    /// <summary>The default.</summary>
    Plain,

    /// <summary>Has two words.</summary>
    WithFlame,
}
