namespace Telemetry.Events.Testing.Tests.Publisher;

/// <summary>The service under test in docs/testing.md.</summary>
public sealed class OrderService(IEventPublisher publisher)
{
    public async Task<bool> PlaceAsync(string orderId, string userId, int lines)
    {
        var receipt = await publisher.ConfirmAsync(new OrderPlaced(orderId, userId, lines));
        return receipt.IsDelivered;
    }
}
