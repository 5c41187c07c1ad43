package example;

import io.github.cdkeksnoderole.NodeRoleValidator;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Validations;

/** Examples of the library, in Java: one class for each stack. */
public class NodeRolesApp {
    public static void main(String[] args) {
        App app = new App();
        Validations.of(app).addPlugins(new NodeRoleValidator());

        new NodeRoles(app, "NodeRoles");
        new ManagedNodeGroupIrsa(app, "ManagedNodeGroupIrsa");
        new ExistingRoles(app, "ExistingRoles");
        new AutoMode(app, "AutoMode");
        new HybridNodes(app, "HybridNodes");
        new Windows(app, "Windows");
        new OtherChoices(app, "OtherChoices");
        app.synth();
    }
}
