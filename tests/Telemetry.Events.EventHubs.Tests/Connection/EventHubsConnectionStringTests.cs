using FsCheck.Xunit;

namespace Telemetry.Events.EventHubs.Tests.Connection;

public class EventHubsConnectionStringTests
{
    private const string Usual = "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=c2VjcmV0a2V5PT0=";

    [Fact]
    public void It_says_host_port_policy_and_hub_and_is_itself_the_password()
    {
        var connection = EventHubsConnectionString.Parse($"  {Usual};EntityPath=mcp ");

        Assert.Equal(("contoso.servicebus.windows.net", 9093, "send", "mcp", false), (
            connection.Namespace, connection.Port, connection.SharedAccessKeyName, connection.EntityPath, connection.UseDevelopmentEmulator));
        Assert.Equal($"{Usual};EntityPath=mcp", connection.Value);
    }

    [Theory]
    [InlineData("Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;", 9092, true)]
    [InlineData("Endpoint=sb://localhost:9192;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=True", 9192, true)]
    [InlineData("endpoint=sb://localhost:19093/;sharedaccesskeyname=a;sharedaccesskey=b", 19093, false)]
    public void The_emulator_and_another_port_are_understood(string text, int port, bool emulator)
    {
        var connection = EventHubsConnectionString.Parse(text);

        Assert.Equal(("localhost", port, emulator), (connection.Namespace, connection.Port, connection.UseDevelopmentEmulator));
    }

    [Theory]
    [InlineData(null, "it is empty")]
    [InlineData("hunter2", "its part 1 has no value")]
    [InlineData("Endpoint=sb://a/;=hunter2", "its part 2 has no name")]
    [InlineData("Endpoint=sb://a/;SharedAccessKeyName=", "its part 2 has no value")]
    [InlineData("SharedAccessKeyName=a;SharedAccessKey=hunter2", "it has no Endpoint")]
    [InlineData("Endpoint=sb://a/;SharedAccessKey=hunter2", "it has no SharedAccessKeyName")]
    [InlineData("Endpoint=sb://a/;SharedAccessKeyName=a", "it has no SharedAccessKey.")]
    [InlineData("Endpoint=sb://a/;SharedAccessKeyName=a;SharedAccessKey=hunter2;SharedAccessKey=hunter2", "its part 4 repeats the name")]
    [InlineData("Endpoint=sb://a/;SharedAccessSignature=hunter2", "it holds a SharedAccessSignature")]
    [InlineData("Endpoint=https://a/;SharedAccessKeyName=a;SharedAccessKey=hunter2", "its Endpoint is no sb://{host}/")]
    [InlineData("Endpoint=sb://hunter2@a/;SharedAccessKeyName=a;SharedAccessKey=hunter2", "its Endpoint is no sb://{host}/")]
    [InlineData("Endpoint=hunter2;SharedAccessKeyName=a;SharedAccessKey=hunter2", "its Endpoint is no sb://{host}/")]
    public void What_is_none_is_refused_with_the_cause_and_without_the_key(string? text, string cause)
    {
        Assert.False(EventHubsConnectionString.TryParse(text, out _, out var error));

        Assert.Contains(cause, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_form_masks_the_key() =>
        Assert.Equal(
            "Endpoint=sb://contoso.servicebus.windows.net:9093/;SharedAccessKeyName=send;SharedAccessKey=***;EntityPath=mcp",
            EventHubsConnectionString.Parse($"{Usual};EntityPath=mcp").ToString());

    [Property(MaxTest = 2000)]
    public void No_text_makes_it_throw(string text) =>
        Assert.Equal(EventHubsConnectionString.TryParse(text, out var connection, out var error), connection is not null && error is null);

    [Property(MaxTest = 500)]
    public void Any_key_is_kept_and_never_shown(byte[] key)
    {
        var secret = Convert.ToBase64String([1, 2, 3, .. key ?? []]);
        var text = $"Endpoint=sb://a/;SharedAccessKeyName=n;SharedAccessKey={secret}";

        var connection = EventHubsConnectionString.Parse(text);

        Assert.Equal(text, connection.Value);
        Assert.DoesNotContain(secret, connection.ToString(), StringComparison.Ordinal);
    }
}
