using FsCheck;
using FsCheck.Xunit;

namespace Telemetry.Events.Kafka.Tests.Connection;

public class KafkaConnectionStringTests
{
    [Theory]
    [InlineData("broker:9092", "broker:9092")]
    [InlineData(" a:1, b:2 ", "a:1,b:2")]
    [InlineData("10.0.0.1:9092,[::1]:9093", "10.0.0.1:9092,[::1]:9093")]
    [InlineData("kafka://broker:9092/", "broker:9092")]
    public void Addresses_are_read(string text, string servers)
    {
        var connection = KafkaConnectionString.Parse(text);

        Assert.Equal(servers, connection.BootstrapServers);
        Assert.Empty(connection.Properties);
        Assert.Equal(servers, connection.ToClientConfig().BootstrapServers);
    }

    [Fact]
    public void A_user_means_SASL_PLAIN_and_kafkas_means_TLS()
    {
        var plain = KafkaConnectionString.Parse("kafka://user:p%40ss%3Aword@a:1,b:2").ToClientConfig();
        var tls = KafkaConnectionString.Parse("kafkas://a:1").ToClientConfig();
        var both = KafkaConnectionString.Parse("kafkas://user:x@a:1").ToClientConfig();

        Assert.Equal(("user", "p@ss:word", "a:1,b:2"), (plain.SaslUsername, plain.SaslPassword, plain.BootstrapServers));
        Assert.Equal("PLAIN", plain.Get("sasl.mechanism"));
        Assert.Equal("SASL_PLAINTEXT", plain.Get("security.protocol"));
        Assert.Equal("SSL", tls.Get("security.protocol"));
        Assert.Equal("SASL_SSL", both.Get("security.protocol"));
    }

    [Fact]
    public void Properties_are_read_and_win_over_what_the_scheme_implies()
    {
        var config = KafkaConnectionString.Parse(
            "kafkas://user:x@a:1?sasl.mechanism=SCRAM-SHA-512&client.rack=r%201&security.protocol=SASL_PLAINTEXT").ToClientConfig();

        Assert.Equal("SCRAM-SHA-512", config.Get("sasl.mechanism"));
        Assert.Equal("r 1", config.Get("client.rack"));
        Assert.Equal("SASL_PLAINTEXT", config.Get("security.protocol"));
    }

    [Theory]
    [InlineData("sasl.mechanism")]
    [InlineData("sasl.mechanisms")]
    public void A_mechanism_that_is_named_is_the_only_one_by_whichever_of_its_names(string property)
    {
        var connection = KafkaConnectionString.Parse($"kafkas://user:x@a:1?{property}=SCRAM-SHA-256");

        var (_, mechanism) = Assert.Single(connection.Properties, entry => entry.Key.StartsWith("sasl.mechanism", StringComparison.Ordinal));
        Assert.Equal("SCRAM-SHA-256", mechanism);
        Assert.Equal("SASL_SSL", connection.Properties["security.protocol"]);
    }

    [Theory]
    [InlineData(null, "it is empty")]
    [InlineData("  ", "it is empty")]
    [InlineData("broker", "'broker' has no port")]
    [InlineData("not an address", "'not an address' has no port")]
    [InlineData("a:9092,b", "'b' has no port")]
    [InlineData("a:9092,", "'' has no port")]
    [InlineData("a b:9092", "'a b' is no host name")]
    [InlineData("broker:0", "'0' is no port")]
    [InlineData("broker:70000", "'70000' is no port")]
    [InlineData("broker:kafka", "'kafka' is no port")]
    [InlineData("http://broker:9092", "its scheme is 'http', not kafka or kafkas")]
    [InlineData("user:password@broker:9092", "a user and password need kafka:// or kafkas:// in front")]
    [InlineData("kafka://user:pass?word@broker:9092", "an @ stands behind its ?")]
    [InlineData("kafka://user@broker:9092", "before the @ it has no user:password")]
    [InlineData("kafka://broker:9092?acks", "the property 'acks' has no value")]
    [InlineData("kafka://user:x@broker:9092?sasl.mechanisms=SCRAM-SHA256", "sasl.mechanism is 'SCRAM-SHA256', not one of PLAIN, SCRAM-SHA-256,")]
    [InlineData("kafka://broker:9092?=1", "the property '' has no name")]
    public void What_is_no_address_is_refused_with_the_cause_and_the_form(string? text, string cause)
    {
        Assert.False(KafkaConnectionString.TryParse(text, out _, out var error));
        Assert.Contains(cause, error, StringComparison.Ordinal);
        Assert.Contains("It reads host:port[,host:port] or kafka://", error, StringComparison.Ordinal);
        Assert.Equal(error, Assert.Throws<FormatException>(() => KafkaConnectionString.Parse(text)).Message);
    }

    [Theory]
    [InlineData("kafka://user:hunter2@broker")]
    [InlineData("kafka://user:hun@ter2@broker")]
    [InlineData("ftp://user:hunter2@broker:1")]
    [InlineData("user:hunter2@broker")]
    [InlineData("kafka://broker?sasl.password=hunter2")]
    [InlineData("kafka://broker?sasl%2Epassword=hunter2")]
    [InlineData("kafka://broker?ssl.key.pem=hunter2&x")]
    [InlineData("kafka://user:a?b=hunter2@broker")]
    public void No_message_shows_a_secret(string text)
    {
        Assert.False(KafkaConnectionString.TryParse(text, out _, out var error));
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_form_masks_secrets()
    {
        var text = KafkaConnectionString.Parse("kafka://user:hunter2@a:1?ssl.key.password=hunter2&client.rack=r1").ToString();

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("client.rack=r1", text, StringComparison.Ordinal);
        Assert.Contains("sasl.username=user", text, StringComparison.Ordinal);
    }

    [Property(MaxTest = 1000)]
    public void Any_user_and_password_round_trip(NonEmptyString user, NonNull<string> password)
    {
        var (name, secret) = (WellFormed(user.Get), WellFormed(password.Get));

        var config = KafkaConnectionString.Parse($"kafka://{Uri.EscapeDataString(name)}:{Uri.EscapeDataString(secret)}@a:1");

        Assert.Equal(name, config.Properties["sasl.username"]);
        Assert.Equal(secret, config.Properties["sasl.password"]);
    }

    [Property(MaxTest = 2000)]
    public void No_text_makes_it_throw(string text) =>
        Assert.Equal(KafkaConnectionString.TryParse(text, out var connection, out var error), connection is not null && error is null);

    private static string WellFormed(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
