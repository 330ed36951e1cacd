using Telemetry.Events.Kafka.Tests.Transport;

namespace Telemetry.Events.Kafka.Tests.Connection;

public class SecretMaskTests
{
    [Theory]
    [InlineData("sasl.password")]
    [InlineData("ssl.key.password")]
    [InlineData("ssl.key.pem")]
    [InlineData("ssl.keystore.password")]
    [InlineData("sasl.oauthbearer.client.secret")]
    [InlineData("sasl.oauthbearer.config")]
    [InlineData("sasl.oauthbearer.assertion.private.key.passphrase")]
    public void A_secrets_value_is_masked_wherever_it_stands(string property)
    {
        var mask = new SecretMask([new(property, "hunter2"), new("sasl.username", "user"), new("sasl.password", "hunter"), new("ssl.key.password", "")]);

        Assert.Equal("user logs in by *** and ***", mask.Mask("user logs in by hunter2 and hunter"));
    }

    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    [Trait("Category", "Integration")]
    public async Task Librdkafkas_own_log_shows_no_password(KafkaClient client)
    {
        var logs = new LogCapture();
        var options = new KafkaTransportOptions { ConnectionString = "kafka://user:hunter2@127.0.0.1:1?debug=all&client.rack=hunter2", Client = client };
        await using var transport = new KafkaTransport(
            KafkaTransport.DefaultName, options, new TelemetryEventsOptions { ServiceName = "tests" }, TimeProvider.System, logs);

        await Wait.UntilAsync(() => logs.Entries.Any(entry => entry.Text.Contains("client.rack", StringComparison.Ordinal)), "the configuration is logged");
        await Wait.UntilAsync(() => logs.Entries.Any(entry => entry.Id == 1100), "an error is logged");

        Assert.DoesNotContain(logs.Entries, entry => entry.Text.Contains("hunter2", StringComparison.Ordinal));
        Assert.Contains(logs.Entries, entry => entry.Text.Contains("client.rack = ***", StringComparison.Ordinal));
    }
}
