namespace Telemetry.RestProxy.Conformance;

/// <summary>What a client must send by HTTP basic authentication.</summary>
/// <param name="User">The user's name; has no colon.</param>
/// <param name="Password">The password.</param>
public sealed record BasicCredentials(string User, string Password)
{
    /// <summary>The user's name; the password stays out of logs and assertion messages.</summary>
    public override string ToString() => $"{User}:***";
}
