using Microsoft.Extensions.Configuration;
using Telemetry.Collector.ClickHouse;

namespace Telemetry.Collector.Tests.ClickHouse;

public sealed class ClickHouseOptionsTests
{
    [Theory]
    [InlineData("http://house", "house", 8123, "default", "")]
    [InlineData("https://house", "house", 8443, "default", "")]
    [InlineData("http://house:80/", "house", 80, "default", "")]
    [InlineData("https://ann:p%40ss@house:9440", "house", 9440, "ann", "p@ss")]
    public void An_address_says_where_and_who(string url, string host, int port, string user, string password)
    {
        Assert.True(ClickHouseEndpoint.TryParse(url, out var endpoint));
        Assert.Equal((host, port, user, password), (endpoint.Host, endpoint.Port, endpoint.User, endpoint.Password));
    }

    [Fact]
    public void A_password_is_masked()
    {
        var shown = ClickHouseEndpoint.Parse("http://ann:hidden@house").ToString();

        Assert.Equal("http://***@house:8123", shown);
    }

    [Theory]
    [InlineData("house:8123")]
    [InlineData("tcp://ann:hidden@house:9000")]
    [InlineData("http://ann:hidden@house/database")]
    [InlineData("http://ann:hidden@house?database=x")]
    public void What_is_no_address_is_refused_without_repeating_it(string url)
    {
        var failures = Validate(new ClickHouseOptions { Url = url });

        var sentence = Assert.Single(failures);
        Assert.Contains("CLICKHOUSE_URL", sentence);
        Assert.DoesNotContain("hidden", sentence);
    }

    [Fact]
    public void Every_wrong_option_gets_its_sentence()
    {
        var failures = Validate(new ClickHouseOptions { Url = "http://house", Database = "a b", Cluster = "'", Timeout = TimeSpan.Zero });

        Assert.Equal(3, failures.Count);
    }

    [Fact]
    public void The_environment_gives_the_address_where_configuration_does_not()
    {
        var setup = new ClickHouseOptionsSetup(new ConfigurationBuilder().AddInMemoryCollection([new("CLICKHOUSE_URL", "http://house")]).Build());
        var (unset, set) = (new ClickHouseOptions(), new ClickHouseOptions { Url = "http://other" });
        setup.PostConfigure(null, unset);
        setup.PostConfigure(null, set);

        Assert.Equal(("http://house", "http://other"), (unset.Url, set.Url));
    }

    private static List<string> Validate(ClickHouseOptions options) =>
        [.. new ClickHouseOptionsSetup(new ConfigurationBuilder().Build()).Validate(null, options).Failures ?? []];
}
