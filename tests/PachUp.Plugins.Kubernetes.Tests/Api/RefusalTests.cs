using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Tests.Api;

/// <summary>A refused role lists every rule that the user lacks: 40 lines on one server, one very long line on another.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("pods is forbidden: User \"op\" cannot list resource \"pods\"", "pods is forbidden: User \"op\" cannot list resource \"pods\"")]
    [InlineData(
        "clusterroles \"a\" is forbidden: user \"op\" (groups=[\"x\"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[\"\"]}\n{APIGroups:[\"b\"]}",
        "clusterroles \"a\" is forbidden: user \"op\" (groups=[\"x\"]) is attempting to grant RBAC permissions not currently held")]
    [InlineData(
        "clusterroles \"a\" is forbidden: attempt to grant extra privileges: [PolicyRule{APIGroups:[\"\"]} PolicyRule{}] user=&{op} ownerrules=[]",
        "clusterroles \"a\" is forbidden: attempt to grant extra privileges")]
    public void ARefusal_IsCutToItsFirstSentence(string message, string sentence) => Assert.Equal(sentence, Refusal.FirstSentence(message));
}
